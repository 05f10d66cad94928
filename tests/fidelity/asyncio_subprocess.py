# shows: programs started by asyncio: their output, their input, their exit codes
import asyncio
import sys


async def main():
    code = "import sys; print(sys.stdin.read()[::-1]); print('err', file=sys.stderr); sys.exit(5)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(b"abc")
    print(out, err, process.returncode)
    process = await asyncio.create_subprocess_shell("echo $((6 * 7))", stdout=asyncio.subprocess.PIPE)
    print(await process.stdout.read(), await process.wait())
    process = await asyncio.create_subprocess_exec("sleep", "60")
    process.kill()
    print(await process.wait())


asyncio.run(main())
