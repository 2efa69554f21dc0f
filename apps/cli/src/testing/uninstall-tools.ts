/** Removes what the install journal lists, as the command does: inside a chroot, where no instance of a lab can be. */
import { uninstall, uninstallPlan } from '@loadstair/runtime/uninstall';

const [labFolder = ''] = process.argv.slice(2);
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
await uninstall(uninstallPlan('/'), { root: '/', labFolder, environment, signal: new AbortController().signal });
