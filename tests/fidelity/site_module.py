# shows: what the site module does at the start
import site
import sys

print(site.ENABLE_USER_SITE, "site" in sys.modules, sys.flags.no_user_site)
print([name for name in ("sitecustomize", "usercustomize") if name in sys.modules])
print(help, license.__class__.__name__, sys.platlibdir if hasattr(sys, "platlibdir") else "")
print(sys.prefix == sys.base_prefix, sys.exec_prefix == sys.prefix, sys.implementation.name)
print(hasattr(sys, "ps1"), hasattr(sys, "last_type"), hasattr(sys, "tracebacklimit"), sys.flags.interactive)
print(sys.getswitchinterval(), sys.getallocatedblocks() > 0, sys.is_finalizing(), sys.thread_info.name)
