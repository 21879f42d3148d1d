import type { LabIcon } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

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

/** Opens a menu below an element, with JupyterLab's looks and keys; the focus goes back when it closes. */
export function openMenu(
  anchor: HTMLElement,
  entries: readonly MenuEntry[]
): Menu {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  menu.addClass('jp-gitlab-Menu');
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
    anchor.setAttribute('aria-expanded', 'false');
    anchor.focus();
    // Not at once: the chosen entry is executed after the menu has closed.
    window.setTimeout(() => menu.dispose(), 0);
  });
  const { left, bottom } = anchor.getBoundingClientRect();
  anchor.setAttribute('aria-expanded', 'true');
  menu.open(left, bottom);
  return menu;
}
