import { Combobox, Option } from "@fluentui/react-components";
import { useState } from "react";
import type { Me } from "../../../functions/contracts/me.ts";

/** More options than this are found by typing. */
const mostOptions = 100;

interface OrganizationPickerProps {
  organizations: Me["organizations"];
  /** Id of the chosen organization; empty when none is. */
  selected: string;
  /** Accessible name. */
  label: string;
  /** What is offered, and shown, when no particular organization is chosen; without it one has to be chosen. */
  allLabel?: string;
  className?: string;
  onSelect: (organizationId: string) => void;
}

/** Chooses one organization, or all, from a list that can be searched. */
export function OrganizationPicker(props: OrganizationPickerProps) {
  const { organizations, selected, label, allLabel, className, onSelect } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = organizations.find(({ id }) => id === selected)?.name ?? (selected || (allLabel ?? ""));
  const wanted = (typed ?? "").trim().toLowerCase();
  const matching = organizations.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  return (
    <Combobox
      inlinePopup
      aria-label={label}
      {...(className ? { className } : {})}
      placeholder="Choose an organization"
      value={typed ?? chosen}
      selectedOptions={[selected]}
      onChange={({ target }) => setTyped(target.value)}
      onOpenChange={(_, { open }) => open || setTyped(null)}
      onOptionSelect={(_, { optionValue }) => {
        setTyped(null);
        if (optionValue !== undefined) onSelect(optionValue);
      }}
      onFocus={({ target }) => target.select()}
      onBlur={() => setTyped(null)}
    >
      {allLabel && wanted === "" && <Option value="">{allLabel}</Option>}
      {matching.slice(0, mostOptions).map(({ id, name }) => (
        <Option key={id} value={id} text={name}>
          {name}
        </Option>
      ))}
      {matching.length > mostOptions && (
        <Option disabled value="…" text="">
          {`${matching.length - mostOptions} more: type to find them`}
        </Option>
      )}
      {matching.length === 0 && (
        <Option disabled value="…" text="">
          No organization has this name
        </Option>
      )}
    </Combobox>
  );
}
