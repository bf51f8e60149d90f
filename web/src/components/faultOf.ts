/** What a Fluent field shows for a fault; nothing without one. */
export function faultOf(fault: string | undefined) {
  return fault ? ({ validationMessage: fault, validationState: "error" } as const) : {};
}
