import { everything, type Row } from './row.ts'

export const studio: Row[] = [
  {
    row: '27',
    claim: 'Short videos are made from prompts and kept in your library.',
    mustDo:
      'Lead from script to caption, hashtags, pictures and video, with versions; deletion removes the files.',
    missing: 'the studio; the library alone exists',
    proofs: [],
  },
  {
    row: '28',
    claim: 'Your brand profile shapes what is made.',
    mustDo: 'Keep voice, colours and rules, editable, used in generation.',
    missing: everything,
    proofs: [],
  },
  {
    row: '29',
    claim: 'Texts, captions, tones and videos are generated.',
    mustDo: 'Connect text and video providers behind adapters; work by hand when one is off.',
    missing: everything,
    proofs: [],
  },
  {
    row: '30',
    claim: 'Assistants answer from what you told about your business.',
    mustDo: 'Keep a knowledge base per workspace; what is deleted is not answered any more.',
    missing: everything,
    proofs: [],
  },
  {
    row: '31a',
    claim: 'An assistant answers in writing.',
    mustDo: 'Answer from the knowledge base, say that it is automatic, hand over to a person.',
    missing: everything,
    proofs: [],
  },
  {
    row: '31b',
    claim: 'A receptionist answers calls.',
    mustDo: 'Answer, book, take messages, transcribe, transfer; lose no caller.',
    missing: everything,
    proofs: [],
  },
  {
    row: '31c',
    claim: 'A co-pilot helps to sell.',
    mustDo: 'Draft replies, quotes and follow-ups with sources; only a person sends.',
    missing: everything,
    proofs: [],
  },
  {
    row: '32',
    claim: 'AI works only where you switch it on.',
    mustDo: 'Keep it off by default, per workspace and feature, revocable.',
    missing: everything,
    proofs: [],
  },
  {
    row: '33',
    claim: 'Providers get only the business facts and the conversation at hand.',
    mustDo: 'Build prompts from allowed fields; keep a ledger of AI calls.',
    missing: everything,
    proofs: [],
  },
  {
    row: '34',
    claim: 'What providers do with data is told as it is.',
    mustDo: 'Print each provider’s real retention unless valid evidence says less.',
    missing: everything,
    proofs: [],
  },
  {
    row: '35',
    claim: 'Data of networks trains no model.',
    mustDo: 'Tag data by source and refuse it at the AI egress.',
    missing: everything,
    proofs: [],
  },
]
