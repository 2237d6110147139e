export { EMAIL_MOST, emailFault, emailKey, loginKey, USERNAME, usernameFault } from './account-names.js';
export { type ChosenPassword, NewPasswords } from './new-passwords.service.js';
export { PasswordHasher } from './password-hasher.js';
export { PASSWORD_LEAST, PASSWORD_MOST, passwordFault } from './password-policy.js';
export { displayedUsername, type Role, User, type UserStatus } from './user.entity.js';
export { joinNames, type Names, splitFullName } from './full-name.js';
export { type NewUser, type ProfileChanges, Users } from './users.service.js';
export { UsersModule } from './users.module.js';
