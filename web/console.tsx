import './styles/all.css'
import './console/console.css'
import './console/table.css'
import { BatchesPlace } from './console/batches/place.tsx'
import { CertificatesPlace } from './console/certificates/place.tsx'
import { ConsoleFrame } from './console/frame.tsx'
import { usePlace } from './console/place.ts'
import type { Place } from './console/place.ts'
import { WithSession } from './console/session.tsx'
import { SettingsPlace } from './console/settings/place.tsx'
import { StatisticsPlace } from './console/statistics/place.tsx'
import { TemplatesPlace } from './console/templates/place.tsx'
import { show } from './ui/frame.tsx'

function Console() {
  const place = usePlace()
  return (
    <WithSession>
      <ConsoleFrame current={place.name}>
        <There place={place} />
      </ConsoleFrame>
    </WithSession>
  )
}

function There({ place }: { readonly place: Place }) {
  switch (place.name) {
    case 'batches':
      return <BatchesPlace place={place} />
    case 'templates':
      return <TemplatesPlace place={place} />
    case 'certificates':
      return <CertificatesPlace place={place} />
    case 'statistics':
      return <StatisticsPlace place={place} />
    case 'settings':
      return <SettingsPlace place={place} />
  }
}

show(<Console />)
