import './styles/all.css'
import { CertificatePage } from './certificate/page.tsx'
import { Frame, show } from './ui/frame.tsx'

show(
  <Frame>
    <CertificatePage />
  </Frame>,
)
