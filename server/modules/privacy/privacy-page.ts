import { type DataClass, purposes } from '../../platform/data-map.ts'
import { type Html, html } from '../../platform/html.ts'
import { plainPage } from '../../platform/plain-page.ts'
import type { Recipient } from '../../platform/recipients.ts'
import type { PrivacyVersion } from './privacy-version.ts'
import { printed, renderSentence } from './render-sentence.ts'
import { sentences } from './sentences.ts'

export type PrivacyPageFacts = {
  url: string
  /** The networks and the mail are played by the sandbox. */
  sandbox: boolean
  dataClasses: readonly DataClass[]
  recipients: readonly Recipient[]
  version: PrivacyVersion
}

const categories: Record<DataClass['category'], string> = {
  identity: 'Who you are',
  credentials: 'Keys and passwords',
  content: 'What you make',
  settings: 'What you set',
  activity: 'What happened',
  technical: 'What keeps the service working',
}

/** The privacy page: everything on it comes from the declarations that the program runs on. */
export function renderPrivacyPage(facts: PrivacyPageFacts): { text: string; csp: string } {
  const parts = Object.entries(categories)
    .map(([category, words]) => ({
      id: category,
      words,
      classes: facts.dataClasses.filter((dataClass) => dataClass.category === category),
    }))
    .filter(({ classes }) => classes.length > 0)
  return plainPage({
    title: 'Privacy',
    description: 'What this installation of Avow stores, why, for how long, and who receives it.',
    contents: [
      { id: 'promises', words: 'What we promise' },
      { id: 'stored', words: 'What is stored' },
      ...parts.map(({ id, words }) => ({ id, words, under: true })),
      { id: 'recipients', words: 'Who receives it' },
      { id: 'purposes', words: 'What it is used for' },
      { id: 'version', words: 'This page' },
    ],
    body: html`${opening(facts)}${promises(facts.dataClasses)}
<h2 id="stored">What is stored</h2>
<p>${facts.dataClasses.length} kinds of data, and no others. Each says why it is there, how long, and who receives it.</p>
${parts.map(
  ({ id, words, classes }) => html`<h3 id="${id}">${words}</h3>
${classes.map((dataClass) => card(dataClass, facts.recipients))}`,
)}
${receivers(facts)}${uses(facts.dataClasses)}${colophon(facts.version)}`,
  })
}

function opening({ url, version, sandbox }: PrivacyPageFacts): Html {
  return html`<h1>Privacy</h1>
<p class="lead">This page is written by the program itself, from the declarations that it runs on. Each promise names the automatic test that proves it. A promise without a proof is not printed.</p>
<p class="facts"><span>Version <b>${version.number}</b></span><span>In effect since <b><time datetime="${version.effective}">${longDay(version.effective)}</time></b></span><span>Installation <b>${new URL(url).host}</b></span></p>
${
  sandbox
    ? html`<p class="note">This installation works with its <b>sandbox</b>: the networks that you connect here are played on this machine. The real ones receive nothing from it.</p>`
    : null
}`
}

function promises(dataClasses: readonly DataClass[]): Html {
  return html`<h2 id="promises">What we promise</h2>
<ul class="promises">${printed(sentences).map(
    (
      sentence,
    ) => html`<li id="promise-${sentence.id}"><p>${renderSentence(sentence, dataClasses)}</p>
<details class="proof"><summary>✓ Proven by ${sentence.proofs.length === 1 ? 'a test' : `${sentence.proofs.length} tests`}</summary><ul>${sentence.proofs.map(
      (proof) => html`<li class="mono">${proof}</li>`,
    )}</ul></details></li>`,
  )}</ul>`
}

function card(dataClass: DataClass, recipients: readonly Recipient[]): Html {
  const { clock, erase } = dataClass
  const receivers = dataClass.recipients
    .filter((name) => recipients.some((recipient) => nameOf(recipient) === name))
    .map((name) => receiverWords[name] ?? capital(name))
  return html`<section class="card"><h4>${capital(dataClass.name)}</h4><dl>
<dt>Used to</dt><dd>${dataClass.purposes.join(', ')}</dd>
<dt>Kept</dt><dd>${clock.words}</dd>
<dt>Received by</dt><dd>${receivers.length > 0 ? receivers.join(', ') : 'nobody; it stays on this server'}</dd>
</dl>
<details><summary>More about it</summary><dl>
<dt>Comes from</dt><dd>${sources[dataClass.source]}</dd>
<dt>About</dt><dd>${subjects[dataClass.subject]}</dd>
<dt>Ground</dt><dd>${grounds[dataClass.legalBasis]}</dd>
<dt>In an export</dt><dd>${dataClass.export === true ? 'yes' : `no: ${dataClass.export.why}`}</dd>
<dt>On erasure</dt><dd>${typeof erase === 'object' ? `stays: ${erase.keep}` : erasures[erase]}</dd>
<dt>Lies in</dt><dd><code>${dataClass.table}</code>: ${dataClass.columns.map(column).join(', ')}</dd>
</dl></details>
</section>`
}

const column = (name: string) => (name === '*' ? 'all columns of all its tables' : name)

const sources: Record<DataClass['source'], string> = {
  'the person': 'you',
  'made here': 'made by this server',
  network: 'the network that you connected',
}
const subjects: Record<DataClass['subject'], string> = {
  'account holder': 'you as the holder of an account',
  workspace: 'the workspace',
  nobody: 'nobody',
}
const grounds: Record<DataClass['legalBasis'], string> = {
  contract: 'it is needed to do what you asked for',
  'legitimate interest': 'a legitimate interest: a service that is safe and works',
  'legal duty': 'a legal duty to be able to prove it',
  consent: 'your consent, which you can take back',
}
const erasures = {
  delete: 'deleted',
  'destroy key': 'the key is destroyed, so that no copy can be read',
} as const

/** As data classes name it. */
const nameOf = ({ group, processor }: Recipient) => group ?? processor

const receiverWords: Record<string, string> = {
  networks: 'the networks that you connect',
  mail: 'the mail service',
  storage: 'the file storage',
}

function receivers({ recipients, sandbox }: PrivacyPageFacts): Html {
  return html`<h2 id="recipients">Who receives it</h2>
<p>Besides this server and its database, these and nobody else. The list is made from what is switched on here, and the server opens only the addresses that it names.</p>
${
  recipients.length === 0
    ? html`<p class="soft">Nobody: nothing outside is switched on.</p>`
    : recipients.map((recipient) => recipientCard(recipient, sandbox))
}`
}

function recipientCard(recipient: Recipient, sandbox: boolean): Html {
  const { words, hosts, policyUrl } = recipient
  const played = sandbox && !outsideTheSandbox.includes(recipient.processor)
  return html`<section class="card"><h3>${words}</h3><dl>
<dt>Kind</dt><dd>${
    recipient.group === 'networks'
      ? 'a network that you may connect; its own terms apply there, and Avow is not affiliated with it'
      : 'works on behalf of this installation'
  }</dd>
${played ? html`<dt>Here</dt><dd>played by the sandbox on this machine; the real one receives nothing</dd>` : null}
${hosts.length > 0 ? html`<dt>Addresses</dt><dd>${hosts.map((host) => html`<code>${host}</code> `)}</dd>` : null}
${
  policyUrl
    ? html`<dt>Its policy</dt><dd><a href="${policyUrl}" rel="noopener noreferrer">${new URL(policyUrl).host} (leads to another site)</a></dd>`
    : null
}
</dl></section>`
}

// Mail by SMTP and the operator's own storage are real also beside the sandbox.
const outsideTheSandbox = ['smtp', 'storage']

function uses(dataClasses: readonly DataClass[]): Html {
  const rows = purposes.map((purpose) => ({
    purpose,
    names: dataClasses.filter((dataClass) => dataClass.purposes.includes(purpose)),
  }))
  return html`<h2 id="purposes">What it is used for</h2>
<p>A closed list: the program has no name for any other use.</p>
<table><thead><tr><th scope="col">Purpose</th><th scope="col">Data</th></tr></thead><tbody>
${rows.map(({ purpose, names }) => html`<tr><td>To ${purpose}</td><td class="soft">${names.length > 0 ? `${names.map(({ name }) => short(name)).join('; ')}` : 'nothing at present'}</td></tr>`)}
</tbody></table>`
}

function colophon({ number, effective, hash }: PrivacyVersion): Html {
  return html`<h2 id="version">This page</h2>
<p>Version ${number}, in effect since ${longDay(effective)}. Fingerprint of the declarations that it was made from:</p>
<p><code>${hash}</code></p>
<p>Questions about it, and requests about your data, go to whoever runs this installation.</p>`
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
/** The name without what follows its colon or semicolon. */
const short = (name: string) => name.split(/[:;(]/)[0]?.trim() ?? name

const longDay = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
