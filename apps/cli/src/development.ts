/** What works in development mode alone. Loaded by the commands that need it, in that mode. */
export { SeedFile, SeedingModule } from '@gatehouse/development';
