import './styles/all.css'
import { lookOf, servedProfile } from './engine/service.ts'
import { sitePolicy } from './engine/site.ts'
import { Frame, show } from './ui/frame.tsx'
import { KeepVerifier } from './verifier/keep.tsx'
import { Verifier } from './verifier/page.tsx'

const camera = async () => (await import('./verifier/camera.tsx')).Camera

show(
  <Frame>
    <Verifier place={{ policy: sitePolicy, looks: { profile: servedProfile, lookOf }, camera }}>
      <KeepVerifier />
    </Verifier>
  </Frame>,
)
