import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SERVICES } from '#contracts/services';
import { PORTS, type ServicePorts } from '#service-runtime/ports';
import { OpenToAll } from '../access/session.guard.js';
import { isSetUp } from '../directory/directory.repository.js';
import { type InnerService, ServiceDoor } from '../proxy/service-door.js';
import { landingPage } from './landing.page.js';

/** The front page. */
@ApiExcludeController()
@OpenToAll()
@Controller()
export class LandingController {
  constructor(
    @Inject(PORTS) private readonly ports: ServicePorts,
    private readonly door: ServiceDoor,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async landing(): Promise<string> {
    const inner = SERVICES.filter((service): service is InnerService => service !== 'gateway');
    const [setUp, ...ready] = await Promise.all([
      isSetUp(this.ports.db),
      ...inner.map((service) => this.door.isReady(service)),
    ]);
    const services = inner.map((name, index) => ({ name, ready: ready[index] ?? false }));
    const { siteOrigin } = this.ports.environment;
    return landingPage({ siteOrigin, setUp, services: [{ name: 'gateway', ready: true }, ...services] });
  }
}
