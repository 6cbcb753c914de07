from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0003_scratch_shop'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='paused_since',
            field=models.DateTimeField(help_text='waits for what `error` names; nothing of it went wrong', null=True),
        ),
    ]
