import './styles/all.css'
import { Frame, show } from './ui/frame.tsx'

show(
  <Frame>
    <h1>Inaltera</h1>
  </Frame>,
)
