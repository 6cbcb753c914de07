import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenancy', '0001_initial'),
        ('jobs', '0002_job_language'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScratchShop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(help_text='the process, as in Lease', max_length=200)),
                ('expires_at', models.DateTimeField()),
                ('merchant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.merchant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('merchant',), name='one_command_a_scratch_shop')],
            },
        ),
    ]
