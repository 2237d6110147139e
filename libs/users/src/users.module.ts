import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountImport } from './import/account-import.service.js';
import { NewPasswords } from './new-passwords.service.js';
import { PasswordBlocklist } from './password-blocklist.js';
import { PasswordHasher } from './password-hasher.js';
import { User } from './user.entity.js';
import { Users } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [Users, PasswordHasher, PasswordBlocklist, NewPasswords, AccountImport],
  exports: [Users, PasswordHasher, NewPasswords, AccountImport],
})
export class UsersModule {}
