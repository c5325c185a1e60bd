import { z } from 'zod';

/** The six services. Each owns one Postgres schema, one role, one queue and one signing key of that name. */
export const SERVICES = ['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger'] as const;
export const ServiceName = z.enum(SERVICES);
export type ServiceName = (typeof SERVICES)[number];
