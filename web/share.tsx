import './styles/all.css'
import { ShareEmbed } from './share/embed.tsx'
import { shareAddressOf } from './share/opened.ts'
import { SharePage } from './share/page.tsx'
import { Frame, show } from './ui/frame.tsx'

const { id, isEmbed } = shareAddressOf(window.location.pathname)

show(
  isEmbed ? (
    <ShareEmbed id={id} />
  ) : (
    <Frame>
      <SharePage id={id} />
    </Frame>
  ),
)
