import { Component, type ReactNode } from 'react';

interface BrokenProps {
  readonly children: ReactNode;
  readonly instead: ReactNode;
}

/** A defect of the page: it shows something else instead of going blank. */
export class Broken extends Component<BrokenProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}
