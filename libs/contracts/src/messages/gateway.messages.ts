import { z } from 'zod';
import { DigestField } from '../fields.js';

/** The directory (organs, persons, grants, routes) has a new version; the signed bytes are in the content store. */
export const DirectoryPublished = z.strictObject({ version: z.int().positive(), directory: DigestField });

export const gatewayMessages = { 'gateway.directory-published': DirectoryPublished } as const;
