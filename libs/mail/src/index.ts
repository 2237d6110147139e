export { Mail } from './mail.entity.js';
export { MailDeliveryModule } from './mail-delivery.module.js';
export { MailModule } from './mail.module.js';
export { Outbox, type WrittenMail } from './outbox.service.js';
export {
  emailChangedMail,
  type MailContent,
  passwordChangedMail,
  passwordResetMail,
  verificationMail,
} from './templates.js';
