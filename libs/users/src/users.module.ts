import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PasswordHasher } from './password-hasher.js';
import { User } from './user.entity.js';
import { Users } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [Users, PasswordHasher],
  exports: [Users, PasswordHasher],
})
export class UsersModule {}
