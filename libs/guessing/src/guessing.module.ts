import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoginFailure } from './login-failure.entity.js';
import { LoginGuard } from './login-guard.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LoginFailure])],
  providers: [LoginGuard],
  exports: [LoginGuard],
})
export class GuessingModule {}
