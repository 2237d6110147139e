import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KnownNetwork } from './known-network.entity.js';
import { LoginFailure } from './login-failure.entity.js';
import { LoginGuard } from './login-guard.service.js';
import { ThrottleCounter } from './throttle/throttle-counter.entity.js';
import { Throttle } from './throttle/throttle.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LoginFailure, KnownNetwork, ThrottleCounter])],
  providers: [LoginGuard, Throttle],
  exports: [LoginGuard, Throttle],
})
export class GuessingModule {}
