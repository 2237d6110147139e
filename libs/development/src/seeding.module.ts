import { Module } from '@nestjs/common';
import { ClientsModule } from '@gatehouse/clients';
import { UsersModule } from '@gatehouse/users';
import { SeedFile } from './seed-file.service.js';
import { Seeding } from './seeding.service.js';

/** What the service and the command line both need to seed. */
@Module({
  imports: [UsersModule, ClientsModule],
  providers: [Seeding, SeedFile],
  exports: [Seeding, SeedFile],
})
export class SeedingModule {}
