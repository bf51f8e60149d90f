import { tokens } from "@fluentui/react-components";

/** The product's mark: two arrows that meet. Decorative, the name always stands beside it. */
export function ProductMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="7" fill={tokens.colorBrandBackground} />
      <path
        d="M9 13.5h11.2l-3-3M23 18.5H11.8l3 3"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
