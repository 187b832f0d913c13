/** The whole form, in the order in which a course is described. */
import { AssessmentSection, QualitySection } from './assessment.tsx'
import { CertificateSection, EffortSection, LearntSection } from './certificate.tsx'
import { ColumnsSection } from './columns.tsx'
import { DatesSection, IssuerSection } from './organisation.tsx'

export function Form() {
  return (
    <>
      <CertificateSection />
      <LearntSection />
      <EffortSection />
      <AssessmentSection />
      <QualitySection />
      <IssuerSection />
      <DatesSection />
      <ColumnsSection />
    </>
  )
}
