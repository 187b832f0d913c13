/**
 * The schema of the template file. Only what Open Badges demands is demanded here; `lintTemplate` says what a
 * micro-credential needs besides.
 */

import * as z from 'zod'
import { COUNTRY, LANGUAGE, NDA, RNCP, RNCP_BLOCK, RS, UAI, isSiret } from './identifiers.ts'
import { day, line, name, picture, prose, skill, uri, url } from './template-atoms.ts'
import { column, result } from './template-columns.ts'
import { ACHIEVEMENT_TYPES, STACKABILITIES } from './template-file.ts'
import type { TemplateFile } from './template-file.ts'
import {
  ASSESSMENT_TYPES,
  PARTICIPATION_FORMS,
  QUALITY_TYPES,
  SUPERVISIONS,
} from './vocabularies.ts'

const siret = z.string().refine(isSiret, { error: 'a SIRET: 14 digits with a right check digit' })
const email = z
  .string()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/)
const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): z.ZodType<Key> =>
  z.enum(Object.keys(table) as [Key, ...Key[]])

const image = z.strictObject({ url: picture, caption: name.optional() })
const address = z.strictObject({
  street: name.optional(),
  postalCode: line(20).optional(),
  locality: name.optional(),
  region: name.optional(),
  country: z.string().regex(COUNTRY),
  countryName: name.optional(),
})
const organisation = {
  name,
  url: url.optional(),
  email: email.optional(),
  description: prose.optional(),
  image: image.optional(),
  siret: siret.optional(),
  address: address.optional(),
}
const alignment = z.strictObject({
  name,
  url,
  type: z.string().regex(/^(ext:[a-zA-Z0-9._-]{1,60}|ceasn:Competency|ceterms:Credential|CTDL)$/),
  framework: name.optional(),
  code: line(100).optional(),
  description: prose.optional(),
})

export const TEMPLATE_SCHEMA: z.ZodType<TemplateFile> = z.strictObject({
  inaltera: z.literal('template/1'),
  language: z.string().regex(LANGUAGE),
  issuer: z.strictObject({
    ...organisation,
    nda: z.string().regex(NDA).optional(),
    uai: z.string().regex(UAI).optional(),
  }),
  certifier: z.strictObject({ id: uri, ...organisation }).optional(),
  achievement: z.strictObject({
    id: uri,
    name,
    description: prose,
    criteria: z.strictObject({ url: url.optional(), narrative: prose.optional() }),
    type: z.enum(ACHIEVEMENT_TYPES).default('MicroCredential'),
    image: image.optional(),
    version: line(50).optional(),
    code: line(100).optional(),
    fieldOfStudy: name.optional(),
    specialization: name.optional(),
    tags: z.array(line(100)).max(50).optional(),
  }),
  learningOutcomes: z
    .array(z.strictObject({ name, description: prose.optional() }))
    .max(100)
    .optional(),
  skills: z.array(skill).max(100).optional(),
  franceCompetences: z
    .strictObject({
      rncp: z.string().regex(RNCP).optional(),
      rs: z.string().regex(RS).optional(),
      blocks: z
        .array(z.strictObject({ code: z.string().regex(RNCP_BLOCK), name }))
        .min(1)
        .max(50)
        .optional(),
    })
    .optional(),
  alignments: z.array(alignment).max(100).optional(),
  level: z.strictObject({ eqf: z.int().min(1).max(8) }).optional(),
  workload: z
    .strictObject({
      hours: z.number().min(0.25).max(100_000).optional(),
      ects: z.number().positive().max(1000).optional(),
    })
    .optional(),
  assessment: z
    .strictObject({
      types: z.array(keysOf(ASSESSMENT_TYPES)).min(1).max(14),
      protocol: prose.optional(),
      supervision: keysOf(SUPERVISIONS).optional(),
    })
    .optional(),
  participation: z.array(keysOf(PARTICIPATION_FORMS)).min(1).max(6).optional(),
  qualityAssurance: z
    .array(
      z.strictObject({
        name,
        url,
        type: keysOf(QUALITY_TYPES),
        code: line(100).optional(),
        description: prose.optional(),
      }),
    )
    .min(1)
    .max(20)
    .optional(),
  prerequisites: prose.optional(),
  stackability: z.enum(STACKABILITIES).optional(),
  furtherInformation: prose.optional(),
  results: z.array(result).max(100).optional(),
  validity: z
    .strictObject({
      from: day.optional(),
      until: day.optional(),
      duration: z
        .string()
        .regex(/^P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,4}M)?([0-9]{1,5}D)?$/)
        .optional(),
      utcOffset: z
        .string()
        .regex(/^(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$/)
        .default('Z'),
    })
    .default({ utcOffset: 'Z' }),
  awarded: day.optional(),
  activity: z.strictObject({ start: day.optional(), end: day.optional() }).optional(),
  hidable: z.array(z.string()).optional(),
  columns: z.array(column).min(1).max(200),
})
