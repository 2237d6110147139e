import { writeDocuments } from './documents.js';

/** `npm run openapi`: the folder is its argument. */
await writeDocuments(process.argv[2] as string);
