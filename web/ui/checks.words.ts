import type { CheckName, Level } from '../../src/index.ts'
import type { Words } from '../words/language.tsx'
import { FACTS_EN, FACTS_FR } from './fact-names.words.ts'
import type { FactNames } from './fact-names.words.ts'

type ChecksWords = {
  readonly title: string
  readonly outcomes: Readonly<Record<'passed' | 'failed' | 'undetermined', string>>
  /** What each check means, for who has never heard of any of it. */
  readonly plain: Readonly<Record<CheckName, string>>
  readonly level: string
  readonly levels: Readonly<Record<Level, string>>
  readonly asked: string
  readonly answered: string
  readonly notes: string
  readonly policy: string
  readonly chosenBySite: string
  readonly chosenBySiteMeans: string
  readonly digest: string
  readonly judged: string
  readonly facts: FactNames
}

export const CHECKS: Words<ChecksWords> = {
  en: {
    title: 'What was checked',
    outcomes: { passed: 'passed', failed: 'failed', undetermined: 'could not be checked' },
    plain: {
      integrity: 'The file was read strictly: nothing in it may be missing, doubled or unknown.',
      inclusion:
        'A fingerprint of everything on the certificate was computed here, in this browser, and leads to the one fingerprint that stands for all certificates issued together. One changed letter would lead elsewhere.',
      anchor:
        'That fingerprint is recorded, with its date, in a public register that no one can rewrite, the issuer included.',
      operator: 'Whoever recorded it held a key that the issuer had authorised at that time.',
      issuer:
        'Anyone can call themselves anything. So the name shown is the one that the policy, or an accrediting body, gives to this issuer; what the document says of itself is marked as such.',
      status: 'The register says whether this very certificate was revoked or suspended.',
      validity: 'The dates on the certificate were compared with the clock of this device.',
    },
    level: 'How certain this is:',
    levels: {
      proven:
        'The answers carry a mathematical proof, which was checked here: no provider could invent them.',
      agreed: 'Several independent providers said the same. They would have to lie together.',
      reported: 'It rests on what one provider says.',
    },
    asked: 'These providers were asked, each by itself:',
    answered: 'answered',
    notes: 'Good to know',
    policy: 'Judged by the policy',
    chosenBySite: 'chosen by this site',
    chosenBySiteMeans:
      'A policy says whom to trust. Who does not trust this site can take the verifier with a policy of their own.',
    digest: 'Fingerprint of the policy',
    judged: 'Checked on {time}, on this device.',
    facts: FACTS_EN,
  },
  fr: {
    title: 'Ce qui a été vérifié',
    outcomes: { passed: 'réussi', failed: 'échoué', undetermined: 'n’a pas pu être vérifié' },
    plain: {
      integrity:
        'Le fichier a été lu strictement : rien ne peut y manquer, y être en double ou inconnu.',
      inclusion:
        'Une empreinte de tout ce qui figure sur le certificat a été calculée ici, dans ce navigateur ; elle mène à l’unique empreinte de tous les certificats émis ensemble. Une seule lettre changée mènerait ailleurs.',
      anchor:
        'Cette empreinte est inscrite, avec sa date, dans un registre public que personne ne peut réécrire, pas même l’émetteur.',
      operator: 'Qui l’a inscrite détenait une clé que l’émetteur avait autorisée à ce moment.',
      issuer:
        'Chacun peut se donner le nom qu’il veut. Le nom affiché est donc celui que la politique, ou un organisme accréditeur, donne à cet émetteur ; ce que le document dit de lui-même est indiqué comme tel.',
      status: 'Le registre dit si ce certificat précis a été révoqué ou suspendu.',
      validity: 'Les dates du certificat ont été comparées à l’horloge de cet appareil.',
    },
    level: 'Degré de certitude :',
    levels: {
      proven:
        'Les réponses portent une preuve mathématique, vérifiée ici : aucun fournisseur ne pourrait les inventer.',
      agreed:
        'Plusieurs fournisseurs indépendants ont dit la même chose. Il faudrait qu’ils mentent ensemble.',
      reported: 'Cela repose sur la parole d’un seul fournisseur.',
    },
    asked: 'Ces fournisseurs ont été interrogés, chacun séparément :',
    answered: 'a répondu',
    notes: 'Bon à savoir',
    policy: 'Jugé selon la politique',
    chosenBySite: 'choisie par ce site',
    chosenBySiteMeans:
      'Une politique dit à qui se fier. Qui ne se fie pas à ce site peut prendre le vérificateur avec sa propre politique.',
    digest: 'Empreinte de la politique',
    judged: 'Vérifié le {time}, sur cet appareil.',
    facts: FACTS_FR,
  },
}
