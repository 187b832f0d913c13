import './styles/all.css'
import { NowherePage } from './nowhere/page.tsx'
import { Frame, show } from './ui/frame.tsx'

show(
  <Frame>
    <NowherePage />
  </Frame>,
)
