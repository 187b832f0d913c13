/** How the organisation appears on its certificates: name, site, logo, colour, and page on LinkedIn. */
import { useState } from 'preact/hooks'
import { useWords } from '../../words/language.tsx'
import { say } from '../../ui/toast.tsx'
import { TextField } from '../field.tsx'
import { useAct, useLoaded } from '../load.ts'
import { ProblemNote } from '../problem-note.tsx'
import { useSession } from '../session.tsx'
import { Waiting } from '../waiting.tsx'
import { ColourField } from './colour.tsx'
import type { Looks } from './looks.ts'
import { PictureField } from '../picture-field.tsx'
import { PROFILE } from './profile.words.ts'
import { ProfileCard } from './profile-card.tsx'
import { changeProfile, readIssuer } from './settings-api.ts'
import type { IssuerView } from './settings-api.ts'

/** The largest logo that the server takes. */
const LOGO_KIB = 100
const GREEN = '#1d4d3e'

export function ProfilePart() {
  const { api, session } = useSession()
  const { account } = session.issuer
  const { value, problem, again } = useLoaded((ended) => readIssuer(api, account, ended), [account])
  if (problem !== undefined) return <ProblemNote problem={problem} again={again} />
  if (value === undefined) return <Waiting />
  return <ProfileForm key={value.profile?.updatedAt ?? ''} issuer={value} changed={again} />
}

type FormProps = { readonly issuer: IssuerView; readonly changed: () => void }

function ProfileForm({ issuer, changed }: FormProps) {
  const words = useWords(PROFILE)
  const { api, may } = useSession()
  const before = looksOf(issuer)
  const [looks, setLooks] = useState(before)
  const isReadOnly = !may('profile')
  const { isBusy, problem, act } = useAct(async () => {
    await changeProfile(api, {
      name: looks.name.trim(),
      ...(looks.url.trim() === '' ? {} : { url: looks.url.trim() }),
      colours: { accent: looks.accent.toLowerCase() },
      ...(looks.linkedIn.trim() === '' ? {} : { linkedIn: looks.linkedIn.trim() }),
      ...(looks.logo === before.logo ? {} : { logo: looks.logo }),
    })
    say(words.saved)
    changed()
  })
  const change = (some: Partial<Looks>): void => {
    setLooks((now) => ({ ...now, ...some }))
  }
  const isFit = isColour(looks) && isNumber(looks)
  return (
    <form
      class="desk-profile"
      onSubmit={(event) => {
        event.preventDefault()
        if (isFit && looks.name.trim() !== '') void act()
      }}
    >
      <fieldset class="card desk-section desk-form-card" disabled={isReadOnly}>
        <div>
          <h2>{words.title}</h2>
          <p class="quiet">{words.lead}</p>
        </div>
        <Fields looks={looks} change={change} />
        {problem && <ProblemNote problem={problem} />}
        {isReadOnly ? (
          <p class="desk-hint">{words.readOnly}</p>
        ) : (
          <div class="desk-actions">
            <button type="submit" class="button primary" disabled={isBusy || !isFit}>
              {isBusy ? words.saving : words.save}
            </button>
          </div>
        )}
      </fieldset>
      <ProfileCard looks={looks} known={issuer.name} />
    </form>
  )
}

type FieldsProps = {
  readonly looks: Looks
  readonly change: (some: Partial<Looks>) => void
}

function Fields({ looks, change }: FieldsProps) {
  const words = useWords(PROFILE)
  const { name, url, accent, logo, linkedIn } = looks
  const take =
    <Name extends keyof Looks>(member: Name) =>
    (value: Looks[Name]) => {
      change({ [member]: value })
    }
  return (
    <>
      <TextField
        label={words.name}
        hint={words.nameHint}
        value={name}
        max={200}
        error={name.trim() === '' ? words.nameMissing : undefined}
        take={take('name')}
      />
      <TextField label={words.url} type="url" value={url} max={2000} take={take('url')} />
      <ColourField value={accent} take={take('accent')} />
      <PictureField label={words.logo} maxKiB={LOGO_KIB} value={logo} take={take('logo')} />
      <TextField
        label={words.linkedIn}
        hint={words.linkedInHint}
        inputMode="numeric"
        value={linkedIn}
        max={15}
        error={isNumber(looks) ? undefined : words.noLinkedIn}
        take={take('linkedIn')}
      />
    </>
  )
}

function isColour({ accent }: Looks): boolean {
  return /^#[0-9a-f]{6}$/i.test(accent)
}

/** Of a page on LinkedIn, or none. */
function isNumber({ linkedIn }: Looks): boolean {
  return /^([1-9]\d{0,14})?$/.test(linkedIn.trim())
}

function looksOf({ name, profile }: IssuerView): Looks {
  return {
    name: profile?.name ?? name ?? '',
    url: profile?.url ?? '',
    accent: profile?.colours.accent ?? GREEN,
    linkedIn: profile?.linkedIn ?? '',
    logo: profile?.logo ?? null,
  }
}
