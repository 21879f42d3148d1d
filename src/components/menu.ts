import { type LabIcon, MenuSvg } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import type * as React from 'react';

export type MenuEntry =
  | {
      label: string;
      caption?: string;
      icon?: LabIcon;
      enabled?: boolean;
      /** Shows a tick. */
      toggled?: boolean;
      execute: () => void;
    }
  | 'separator';

/** Opens a menu below the button that asks for it; the focus goes back there when it closes. */
export function openMenuBelow(
  button: HTMLElement,
  entries: readonly MenuEntry[]
): void {
  const { left, bottom } = button.getBoundingClientRect();
  button.setAttribute('aria-expanded', 'true');
  openMenu(entries, left, bottom, () => {
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  });
}

/** Opens a context menu where the pointer is (or the focus, if it was a key); the focus goes back to where it was. */
export function openContextMenu(
  event: React.MouseEvent,
  entries: readonly MenuEntry[]
): void {
  event.preventDefault();
  // JupyterLab has a context menu of its own.
  event.stopPropagation();
  const focused = document.activeElement;
  openMenu(entries, event.clientX, event.clientY, () => {
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  });
}

/** A menu with JupyterLab's looks and keys, at a place of the page in CSS pixels. */
function openMenu(
  entries: readonly MenuEntry[],
  x: number,
  y: number,
  onClose: () => void
): void {
  const commands = new CommandRegistry();
  const menu = new MenuSvg({ commands });
  entries.forEach((entry, index) => {
    if (entry === 'separator') {
      menu.addItem({ type: 'separator' });
      return;
    }
    const command = `entry-${index}`;
    commands.addCommand(command, {
      label: entry.label,
      caption: entry.caption,
      icon: entry.icon,
      isEnabled: () => entry.enabled ?? true,
      isToggled: () => entry.toggled ?? false,
      execute: entry.execute
    });
    menu.addItem({ command });
  });
  menu.aboutToClose.connect(() => {
    onClose();
    // Not at once: the chosen entry is executed after the menu has closed.
    window.setTimeout(() => menu.dispose(), 0);
  });
  menu.open(x, y);
}
