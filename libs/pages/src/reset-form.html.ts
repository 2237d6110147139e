import { PASSWORD_LEAST } from '@gatehouse/users';
import { escapeHtml } from '@gatehouse/kernel';
import { page } from './pages.html.js';

/**
 * The form for a new password. It has no `maxlength`, which would cut a pasted password silently, and the browser does
 * not judge it (`novalidate`): its bubbles vanish, and it counts characters otherwise than the service does.
 * Its action is relative, since a proxy may serve this service below a path.
 * @param fault why the last try was refused: told at the first field, since both are to be filled in again
 */
export function resetForm(token: string, fault?: string): string {
  const told = fault === undefined ? '' : `<p class="fault" id="fault">${escapeHtml(fault)}</p>\n`;
  const marks =
    fault === undefined ? 'aria-describedby="rule"' : 'aria-describedby="fault rule" aria-invalid="true"';
  return page(
    'Choose a new password',
    `<form method="post" action="reset-password" novalidate>
<input type="hidden" name="token" value="${escapeHtml(token)}">
<label for="password">New password</label>
${told}<p class="hint" id="rule">At least ${PASSWORD_LEAST} characters. A few words with blanks between them are fine.</p>
<input type="password" id="password" name="password" autocomplete="new-password" required autofocus ${marks}>
<label for="confirmation">The same again</label>
<input type="password" id="confirmation" name="confirmation" autocomplete="new-password" required>
<button>Set the password</button>
</form>
<p class="hint">You will be logged out everywhere, and can log in with the new password.</p>`,
    fault && `Not yet: ${fault}`,
  );
}
