import { PASSWORD_LEAST } from '@gatehouse/users';
import { escape, page } from './pages.html.js';

/** Why the last try was refused, and which field is to be filled in again. */
export interface FormFault {
  readonly field: FieldName;
  readonly reason: string;
}

type FieldName = 'password' | 'confirmation';

interface PasswordField {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
}

/** A labelled field, with what belongs to it said before it and read out with it. */
function passwordField({ name, label, hint }: PasswordField, focused: boolean, fault?: string): string {
  const notes = [
    { kind: 'fault', text: fault },
    { kind: 'hint', text: hint },
  ].filter(({ text }) => text !== undefined);
  const attributes = [
    `type="password" id="${name}" name="${name}" autocomplete="new-password" required`,
    ...(notes.length > 0
      ? [`aria-describedby="${notes.map(({ kind }) => `${name}-${kind}`).join(' ')}"`]
      : []),
    ...(fault === undefined ? [] : ['aria-invalid="true"']),
    ...(focused ? ['autofocus'] : []),
  ];
  return [
    `<label for="${name}">${label}</label>`,
    ...notes.map(({ kind, text = '' }) => `<p class="${kind}" id="${name}-${kind}">${escape(text)}</p>`),
    `<input ${attributes.join(' ')}>`,
  ].join('\n');
}

const FIELDS: readonly PasswordField[] = [
  {
    name: 'password',
    label: 'New password',
    hint: `At least ${PASSWORD_LEAST} characters. A few words with blanks between them are fine.`,
  },
  { name: 'confirmation', label: 'The same again' },
];

/**
 * The form for a new password. It has no `maxlength`, which would cut a pasted password silently, and the browser does
 * not judge it (`novalidate`): its bubbles vanish, and it counts characters otherwise than the service does.
 * Its action is relative, since a proxy may serve this service below a path.
 * @param fault why the last try was refused
 */
export function resetForm(token: string, fault?: FormFault): string {
  const awaited = fault?.field ?? 'password';
  const fields = FIELDS.map((field) =>
    passwordField(field, field.name === awaited, field.name === fault?.field ? fault.reason : undefined),
  );
  return page(
    'Choose a new password',
    `<form method="post" action="reset-password" novalidate>
<input type="hidden" name="token" value="${escape(token)}">
${fields.join('\n')}
<button>Set the password</button>
</form>
<p class="hint">You will be logged out everywhere, and can log in with the new password.</p>`,
    fault && `Not yet: ${fault.reason}`,
  );
}
