import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { pageErrors } from './pages.errors.js';
import { errorPage, HTML, PAGE_HEADERS } from './pages.html.js';
import { PasswordResetController } from './password-reset.controller.js';
import { VerifyEmailController } from './verify-email.controller.js';

/**
 * The plain pages behind mailed links, for services that have no front end to send people to. A contract like the
 * others, but its clients are people: it answers in HTML and reads forms.
 */
export const pages: Contract = defineContract({
  title: 'pages',
  basePath: '/reset-password',
  root: {
    id: 'pages',
    own: ['/reset-password', '/verify-email'],
    // the link in the mail is an API path; a browser that follows it wants a page
    navigations: ['/api/v1/auth/verify-email'],
  },
  controllers: [PasswordResetController, VerifyEmailController],
  refresh: { format: 'jwt', rotates: true },
  readsForms: true,
  errors: { table: pageErrors, contentType: HTML, headers: PAGE_HEADERS, present: errorPage },
});
