# shows: zones of the system's database
# from: 3.9
import datetime
import zoneinfo

zone = zoneinfo.ZoneInfo("Europe/Berlin")
print(datetime.datetime(2024, 7, 1, 12, tzinfo=zone).utcoffset(), datetime.datetime(2024, 1, 1, tzinfo=zone).tzname())
print(zone, "UTC" in zoneinfo.available_timezones(), len(zoneinfo.available_timezones()) > 300)
try:
    zoneinfo.ZoneInfo("Nowhere/Land")
except zoneinfo.ZoneInfoNotFoundError as error:
    print(error)
