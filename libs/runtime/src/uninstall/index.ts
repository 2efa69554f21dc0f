export { needed, uninstallPlan, type UninstallPlan } from './plan.ts';
export { instancesThere, NotUninstalled, uninstall, usersLeft, type Uninstalling } from './uninstall.ts';
