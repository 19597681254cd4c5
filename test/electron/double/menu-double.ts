interface Template {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly Template[];
}

export class MenuItemDouble {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly submenu: MenuDouble | undefined;
  enabled: boolean;
  readonly #click: () => void;

  constructor({ id, label, role, accelerator, registerAccelerator, enabled, click, submenu }: Template) {
    this.id = id;
    this.label = label ?? role ?? '';
    this.role = role;
    this.accelerator = accelerator;
    this.registerAccelerator = registerAccelerator ?? true;
    this.enabled = enabled ?? true;
    this.submenu = submenu === undefined ? undefined : new MenuDouble(submenu);
    this.#click = click ?? (() => undefined);
  }

  click(): void {
    if (this.enabled) this.#click();
  }
}

/** A menu as Electron builds it from a template. */
export class MenuDouble {
  readonly items: readonly MenuItemDouble[];

  constructor(template: readonly Template[]) {
    this.items = template.map((each) => new MenuItemDouble(each));
  }

  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
}
