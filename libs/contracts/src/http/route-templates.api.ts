import { z } from 'zod';
import { CASE_KINDS } from '#domain/case-kind';
import { InstantField, OrganCode } from '../fields.js';
import { Login, RouteDefinition, RouteTemplate } from './district.api.js';

/** Name of a template: its file without the ending. */
export const TemplateName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);

/** The templates of routes an installation has to start from. */
export const RouteTemplates = z
  .object({
    items: z.array(
      z.object({
        template: TemplateName,
        title: z.string(),
        kinds: z.array(z.enum(CASE_KINDS)),
        placeholders: z.int(),
      }),
    ),
  })
  .meta({ id: 'RouteTemplates' });

/** One template: its routes, and what each placeholder in them stands for. */
export const RouteTemplateDetail = RouteTemplate.extend({ template: TemplateName }).meta({ id: 'RouteTemplate' });

/** Proposes the routes of a template: `values` fills every placeholder with an organ's code or a sign-in name. */
export const ProposeFromTemplate = z
  .strictObject({
    values: z.record(z.string().max(80), z.union([OrganCode, Login])).default({}),
    appliesTo: RouteDefinition.shape.appliesTo,
    effectiveAt: InstantField.optional(),
  })
  .meta({ id: 'ProposeFromTemplate' });
