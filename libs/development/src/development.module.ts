import { Module } from '@nestjs/common';
import { ClientsModule } from '@gatehouse/clients';
import { GuessingModule } from '@gatehouse/guessing';
import { Clock } from '@gatehouse/kernel';
import { MailModule } from '@gatehouse/mail';
import { TokensModule } from '@gatehouse/tokens';
import { UsersModule } from '@gatehouse/users';
import { ClockController } from './clock.controller.js';
import { DevelopmentClock } from './development-clock.js';
import { MailboxController } from './mailbox.controller.js';
import { OwnerDatabase } from './owner-database.js';
import { ResetController } from './reset.controller.js';
import { Reset } from './reset.service.js';
import { SeedingController } from './seeding.controller.js';
import { SeedingModule } from './seeding.module.js';
import { Seeds } from './seeds.service.js';

/** The clock that everything else tells the time by: it is made turnable where the service is put together, or not at all. */
function turnable(clock: Clock): DevelopmentClock {
  if (clock instanceof DevelopmentClock) return clock;
  throw new Error("development's tools need a service that was made with a DevelopmentClock");
}

/** What exists in development mode alone. */
@Module({
  imports: [UsersModule, ClientsModule, GuessingModule, MailModule, TokensModule, SeedingModule],
  controllers: [MailboxController, ClockController, ResetController, SeedingController],
  providers: [
    Seeds,
    OwnerDatabase,
    Reset,
    { provide: DevelopmentClock, inject: [Clock], useFactory: turnable },
  ],
  exports: [Seeds],
})
export class DevelopmentModule {}
