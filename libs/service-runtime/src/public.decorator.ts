import { SetMetadata } from '@nestjs/common';

export const PUBLIC_ROUTE = 'sunward:public';

/** Opens a private route to callers without an assertion. Only for what says nothing: liveness and readiness. */
export const Public = (): ReturnType<typeof SetMetadata> => SetMetadata(PUBLIC_ROUTE, true);
