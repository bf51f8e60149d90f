import { Component } from "react";
import { ProblemMessage } from "./ProblemMessage.tsx";
import type { ReactNode } from "react";

/** Keeps a fault in one part of a screen from taking the rest with it. React offers this to classes alone. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ProblemMessage error={this.state.error} retry={() => location.reload()} />;
  }
}
