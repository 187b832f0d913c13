import './styles/all.css'
import { HomePage } from './home/page.tsx'
import { Frame, show } from './ui/frame.tsx'

show(
  <Frame>
    <HomePage />
  </Frame>,
)
