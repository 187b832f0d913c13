/** What an achievement is aligned with: skills, level, national directories, quality assurance. */

import type { JsonObject } from '../primitives/json.ts'
import { defined } from './defined.ts'
import { franceCompetencesUrl } from './identifiers.ts'
import type { TemplateFile } from './template-file.ts'
import { QUALITY_TYPES, eqfUri, labelOf } from './vocabularies.ts'

type Skill = NonNullable<TemplateFile['skills']>[number]

/** The alignments of a template's achievement, in the order of this page. */
export function alignmentsOf(file: TemplateFile): JsonObject[] {
  return [
    ...(file.skills ?? []).map(skillAlignment),
    ...levelAlignment(file),
    ...directoryAlignments(file),
    ...(file.qualityAssurance ?? []).map((quality) => qualityAlignment(quality, file.language)),
    ...(file.alignments ?? []).map(({ name, url, type, framework, code, description }) =>
      alignment(type, name, url, {
        targetFramework: framework,
        targetCode: code,
        targetDescription: description,
      }),
    ),
  ]
}

function levelAlignment({ level, language }: TemplateFile): JsonObject[] {
  if (level === undefined) return []
  const code = String(level.eqf)
  const name = labelOf(
    { id: '', fr: `Niveau ${code} du cadre européen (CEC)`, en: `EQF level ${code}` },
    language,
  )
  const targetFramework = 'European Qualifications Framework'
  return [alignment('ext:EQFLevel', name, eqfUri(level.eqf), { targetCode: code, targetFramework })]
}

function directoryAlignments({ franceCompetences = {} }: TemplateFile): JsonObject[] {
  const { rncp, rs, blocks = [] } = franceCompetences
  const entry = (type: string, code: string, name: string): JsonObject =>
    alignment(type, name, franceCompetencesUrl(code), {
      targetCode: code,
      targetFramework: 'France compétences',
    })
  return [
    ...(rs === undefined ? [] : [entry('ext:RS', rs, rs)]),
    ...(rncp === undefined ? [] : [entry('ext:RNCP', rncp, rncp)]),
    ...blocks.map(({ code, name }) => entry('ext:RNCPBloc', code, name)),
  ]
}

function qualityAlignment(
  quality: NonNullable<TemplateFile['qualityAssurance']>[number],
  language: string,
): JsonObject {
  const kind = labelOf(QUALITY_TYPES[quality.type], language)
  return alignment('ext:QualityAssurance', quality.name, quality.url, {
    targetCode: quality.code,
    targetFramework: kind,
    targetDescription: quality.description,
  })
}

/** A skill of ESCO. */
export function skillAlignment(skill: Skill): JsonObject {
  return alignment('ext:ESCOSkill', skill.name, skill.esco, {
    targetCode: skill.code,
    targetFramework: 'ESCO',
    targetDescription: skill.description,
  })
}

function alignment(
  targetType: string,
  targetName: string,
  targetUrl: string,
  more: Readonly<Record<string, string | undefined>>,
): JsonObject {
  return defined({ type: ['Alignment'], targetType, targetName, targetUrl, ...more })
}
