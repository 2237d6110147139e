import { mourn } from './ending.js';
import { anyOf } from './load.js';
import { settlePassword } from './opening.js';
import type { Person } from './person.js';
import { askPlainly, type Result } from './recorder.js';

/** What is known once a new password was asked for; tokens that may be dead are left to others. */
async function conclude(person: Person, result: Result, kept: Person['sessions'][number] | undefined) {
  const acknowledged = result.outcome === 'accepted';
  if (acknowledged) person.password = person.chosen;
  await mourn(person, person.loseOthers(acknowledged ? kept : undefined), acknowledged);
  if (!acknowledged) await settlePassword(person);
}

/** With the current password, through camel, by a session of whatever contract. */
export async function changePassword(person: Person): Promise<void> {
  const { load, password } = person;
  const asking = anyOf(person.sessions);
  const newPassword = ++person.chosen;
  const { value, facts } = asking.access;
  const result = await load.persist((node) =>
    load.recorder.ask('change-password', node, 'camel', { ...facts, password, newPassword }, ({ camel }) =>
      camel.changePassword(value, person.passwordText(password), person.passwordText(newPassword)),
    ),
  );
  await conclude(person, result, asking);
}

/** By a session of jsend's, which goes on under new tokens. */
export async function resetBySession(person: Person): Promise<void> {
  const { load } = person;
  const asking = person.sessions.find(({ contract }) => contract === 'jsend');
  if (!asking) return;
  const newPassword = ++person.chosen;
  const { value, facts } = asking.access;
  const result = await load.persist((node) =>
    load.recorder.ask('reset-by-session', node, 'jsend', { ...facts, newPassword }, ({ jsend }) =>
      jsend.resetBySession(value, person.passwordText(newPassword)),
    ),
  );
  // even its own earlier tokens are dead
  await conclude(person, result, undefined);
  if (result.granted) person.keep('jsend', result.granted);
}

/** By a mailed link: all sessions end. */
export async function resetByMail(person: Person): Promise<void> {
  const { account, email, load } = person;
  const contract = anyOf(['camel', 'channel'] as const);
  const asked = await load.persist((node) =>
    load.recorder.ask('request-reset', node, contract, { account }, (clients) =>
      clients[contract].requestReset(email),
    ),
  );
  const link = asked.outcome === 'accepted' ? await mailedLink(person) : undefined;
  if (link === undefined) return;
  const newPassword = ++person.chosen;
  const result = await load.persist((node) =>
    load.recorder.ask('reset-by-mail', node, contract, { account, newPassword }, (clients) =>
      clients[contract].confirmReset(link, person.passwordText(newPassword)),
    ),
  );
  await conclude(person, result, undefined);
}

/** The newest link in development's mailbox. */
async function mailedLink({ account, email, load }: Person): Promise<string | undefined> {
  const { body } = await load.persist((node) =>
    load.recorder.ask('look', node, 'camel', { account }, (_, url) =>
      askPlainly(`${url}/dev/mailbox?to=${encodeURIComponent(email)}`),
    ),
  );
  const texts = Array.isArray(body) ? (body as { text: string }[]).map(({ text }) => text) : [];
  return texts.map((text) => /\?token=([\w-]+)/.exec(text)?.[1]).find(Boolean);
}
