import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';

/** The paths of a controller's routes that change something, as the framework will serve them, without a slash before. */
export function changingRoutesOf(controller: Type): string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    if (Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET) return [];
    const [bases, paths] = [controller, handler].map(
      (of) => [Reflect.getMetadata(PATH_METADATA, of)].flat() as string[],
    );
    return bases!.flatMap((base) => paths!.map((path) => `${base}/${path}`.split('/').filter(Boolean).join('/')));
  });
}
