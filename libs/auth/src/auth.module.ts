import { Module } from '@nestjs/common';
import { AuditModule } from '@gatehouse/audit';
import { ClientsModule } from '@gatehouse/clients';
import { GuessingModule } from '@gatehouse/guessing';
import { MailModule } from '@gatehouse/mail';
import { SecretsModule } from '@gatehouse/secrets';
import { SessionsModule } from '@gatehouse/sessions';
import { TokensModule } from '@gatehouse/tokens';
import { UsersModule } from '@gatehouse/users';
import { AccountAdministration } from './account-administration.service.js';
import { AddressReplacement } from './address-replacement.service.js';
import { Applications } from './applications.service.js';
import { ClientAdministration } from './client-administration.service.js';
import { Credentials } from './credentials.service.js';
import { EmailVerification } from './email-verification.service.js';
import { Grants } from './grants.service.js';
import { Login } from './login.service.js';
import { LoginRefusals } from './login-refusals.service.js';
import { MailAllowance } from './mail-allowance.service.js';
import { PasswordChange } from './password-change.service.js';
import { PasswordReplacement } from './password-replacement.service.js';
import { PasswordReset } from './password-reset.service.js';
import { PasswordResetRequest } from './password-reset-request.service.js';
import { Profiles } from './profiles.service.js';
import { Reauthentication } from './reauthentication.service.js';
import { Refresh } from './refresh.service.js';
import { Registration } from './registration.service.js';
import { ServiceHealth } from './service-health.service.js';
import { SessionPasswordReset } from './session-password-reset.service.js';
import { SessionManagement } from './session-management.service.js';
import { TokenValidation } from './token-validation.service.js';
import { VerificationResend } from './verification-resend.service.js';
import { VerificationMail } from './verification-mail.service.js';

const USE_CASES = [
  Applications,
  Registration,
  Login,
  Refresh,
  PasswordChange,
  PasswordResetRequest,
  PasswordReset,
  EmailVerification,
  VerificationResend,
  SessionPasswordReset,
  Reauthentication,
  Profiles,
  SessionManagement,
  AccountAdministration,
  ClientAdministration,
  TokenValidation,
  ServiceHealth,
];

/** The use cases that contracts call. */
@Module({
  imports: [
    UsersModule,
    ClientsModule,
    TokensModule,
    SessionsModule,
    SecretsModule,
    GuessingModule,
    MailModule,
    AuditModule,
  ],
  providers: [
    ...USE_CASES,
    Credentials,
    LoginRefusals,
    Grants,
    MailAllowance,
    PasswordReplacement,
    AddressReplacement,
    VerificationMail,
  ],
  exports: [...USE_CASES, TokensModule, SessionsModule, AuditModule],
})
export class AuthModule {}
