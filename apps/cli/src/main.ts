#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { explainFailure } from '@gatehouse/kernel';
import { pruneAudit, showAudit } from './audit.commands.js';
import { createAdmin } from './create-admin.command.js';
import { createClient } from './create-client.command.js';
import { importUsers } from './import-users/import-users.command.js';
import { blockUser, renameUser, setEmail, setRole, unblockUser } from './manage-accounts.commands.js';
import { disableClient, listClients, rotateClientSecret } from './manage-clients.commands.js';
import { migrateDatabase } from './migrate.command.js';
import { seed } from './seed.command.js';

const program = new Command('gatehouse')
  .description("Gatehouse's command line: it reads the same settings from the environment as the service")
  .addCommand(migrateDatabase)
  .addCommand(createAdmin)
  .addCommand(importUsers)
  .addCommand(blockUser)
  .addCommand(unblockUser)
  .addCommand(setRole)
  .addCommand(renameUser)
  .addCommand(setEmail)
  .addCommand(createClient)
  .addCommand(listClients)
  .addCommand(rotateClientSecret)
  .addCommand(disableClient)
  .addCommand(showAudit)
  .addCommand(pruneAudit)
  .addCommand(seed)
  .showHelpAfterError('(gatehouse --help shows what there is)');

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`gatehouse: ${explainFailure(error)}\n`);
  process.exitCode = 1;
}
