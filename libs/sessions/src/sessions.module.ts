import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TokensModule } from '@gatehouse/tokens';
import { UsersModule } from '@gatehouse/users';
import { ExpiredSessions } from './expired-sessions.service.js';
import { RefreshRotation } from './refresh-rotation.service.js';
import { Session } from './session.entity.js';
import { SessionRenewal } from './session-renewal.service.js';
import { SessionUse } from './session-use.service.js';
import { Sessions } from './sessions.service.js';
import { SpentRefreshToken } from './spent-refresh-token.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Session, SpentRefreshToken]), TokensModule, UsersModule],
  providers: [Sessions, RefreshRotation, SessionRenewal, SessionUse, ExpiredSessions],
  exports: [Sessions, RefreshRotation, SessionRenewal, SessionUse],
})
export class SessionsModule {}
