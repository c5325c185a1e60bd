import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { contentSecurityPolicy } from './pages/content-security.js';

/** What the public door adds to every service's HTTP: cookies, security headers, no caching, the API's own description. */
export async function configurePublicDoor(app: NestFastifyApplication): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      // A page with a nonce of its own has said its policy.
      if (!reply.hasHeader('content-security-policy'))
        void reply.header('content-security-policy', contentSecurityPolicy(path));
      if (path.startsWith('/api/v1/') || path === '/setup') void reply.header('cache-control', 'no-store');
    });
  const description = new DocumentBuilder()
    .setTitle('向阳 Sunward')
    .setDescription(
      '政府信息公开工作年度报告的起草、审核、签发与公开。办理类请求须带 Idempotency-Key。' +
        ' Refusals are problem+json (RFC 9457) with a stable `code`.',
    )
    .setVersion('1')
    .addCookieAuth('sunward')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: '向阳 接口文档',
  });
}
