import '../styles/tokens.css'
import '../styles/base.css'
import { Frame, show } from '../ui/frame.tsx'
import { Verifier } from './page.tsx'

show(
  <Frame isAlone>
    <Verifier />
  </Frame>,
)
