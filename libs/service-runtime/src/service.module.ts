import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CallerGuard } from './caller.guard.js';
import { HealthController } from './health.controller.js';
import { PORTS, type ServicePorts } from './ports.js';
import { ProblemFilter } from './problem.filter.js';
import { type Readiness, READINESS } from './readiness.js';

export interface ServiceModuleParts {
  readonly ports: ServicePorts;
  readonly readiness: Readiness;
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
  readonly imports: readonly (Type | DynamicModule)[];
}

/** Injects a value without creating it: the shell made it before Nest began. */
const lent = (provide: symbol, useValue: unknown): Provider => ({ provide, useValue });

/** Ports and readiness, visible to every module of the service. */
@Module({})
class LentModule {
  static of({ ports, readiness }: Pick<ServiceModuleParts, 'ports' | 'readiness'>): DynamicModule {
    const providers = [lent(PORTS, ports), lent(READINESS, readiness)];
    return { module: LentModule, global: true, providers, exports: providers };
  }
}

/** One service as a Nest module: its controllers behind the caller guard (the gateway brings a guard of its own). */
@Module({})
export class ServiceModule {
  static of({ ports, readiness, controllers, providers, imports }: ServiceModuleParts): DynamicModule {
    const guard = ports.service === 'gateway' ? [] : [{ provide: APP_GUARD, useClass: CallerGuard }];
    return {
      module: ServiceModule,
      imports: [LentModule.of({ ports, readiness }), ...imports],
      controllers: [...(ports.service === 'gateway' ? [] : [HealthController]), ...controllers],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }, ...guard, ...providers],
    };
  }
}
